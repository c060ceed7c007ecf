package dev.virtmem.spiram;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Opens {@code spi:BUS.CHANNEL?chip=NAME}, for instance {@code spi:0.0?chip=23LC1024&hz=10000000},
 * with a Pi4J context of its own and whatever SPI provider is on the class path. Parameters beside
 * {@code chip}: {@code hz} as {@link SpiRamBuilder#clock}, {@code gap} in ns as {@link
 * SpiRamBuilder#gap}, {@code limit} in bytes as {@link SpiRamBuilder#transferLimit}, {@code
 * detect=no} to open without {@link SpiRamBuilder#detect detection}.
 *
 * <p>A part that the driver does not know is described, as {@link SpiRamChip#describe} does: {@code
 * spi:0.0?chip=custom&size=512K&address-bytes=3&max-hz=40000000&traits=write-enable,non-volatile}.
 * A mode register is given by {@code mode=64}, the value for sequential access.
 *
 * <p>Several chips of one kind are separated by commas: {@code spi:0.0,0.1,1.0?chip=23LC1024}.
 * Their {@code layout} is {@code concatenated}, the default, or {@code striped} by {@code stripe}
 * bytes as {@link SpiRamBuilder#striped(long)}.
 *
 * <p>{@code verify} is {@code off}, the default, {@code read-back} or {@code crc}, see {@link
 * Verification}, with {@code retries} as {@link SpiRamBuilder#retries}, and for {@code crc} {@code
 * regions} as {@link SpiRamBuilder#regions} and {@code format=yes} as {@link SpiRamBuilder#format}.
 * The store is a {@link VerifiedStore} then.
 */
public final class SpiRamStoreProvider implements StoreProvider {
  private static final Pattern BUS_AND_CHANNEL = Pattern.compile("(\\d)\\.(\\d{1,3})");

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public SpiRamStoreProvider() {}

  @Override
  public String scheme() {
    return "spi";
  }

  @Override
  public String syntax() {
    return "spi:BUS.CHANNEL[,BUS.CHANNEL...]?"
        + ChipParameters.SYNTAX
        + SpiRamBuilder.URI_PARAMETERS;
  }

  @Override
  public BackingStore open(StoreUri uri) {
    List<MatchResult> places = places(uri);
    SpiRamChip chip = ChipParameters.chip(uri);
    var builder = SpiRamStore.builder(chip).parametersOf(uri);
    uri.checkAllUsed();
    for (MatchResult place : places) {
      builder.at(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
    }
    Context context = context();
    try {
      return new OwnContext(builder.open(context), context);
    } catch (RuntimeException | Error e) {
      context.shutdown();
      throw e;
    }
  }

  private List<MatchResult> places(StoreUri uri) {
    var places = new ArrayList<MatchResult>();
    for (String text : uri.rest().split(",", -1)) {
      var place = BUS_AND_CHANNEL.matcher(text);
      if (!place.matches()) {
        throw new IllegalArgumentException(
            "'" + text + "' is no bus and channel such as 0.0, in " + syntax());
      }
      places.add(place);
    }
    return places;
  }

  private static Context context() {
    try {
      return Pi4J.newContextBuilder().autoDetect().noAutoInject().disableShutdownHook().build();
    } catch (Pi4JException e) {
      throw new StoreException("Pi4J does not start: " + Failures.text(e), Failures.shortened(e));
    }
  }

  /** A store that ends its Pi4J context when it is closed. */
  private static final class OwnContext extends ForwardingStore implements VerifiedStore {
    private final Context context;

    OwnContext(BackingStore delegate, Context context) {
      super(delegate);
      this.context = context;
    }

    @Override
    public Verification.Counts counts() {
      return Verification.countsOf(delegate());
    }

    @Override
    public int bufferBytes() {
      return Verification.bufferBytesOf(delegate());
    }

    @Override
    public void close() {
      if (context.isShutdown()) {
        return;
      }
      try {
        super.close();
      } finally {
        context.shutdown();
      }
    }
  }
}
