package dev.virtmem.serial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A line over TCP, to a serial server or an emulated board. */
final class TcpTransport implements Transport {
  private static final int CONNECT_MILLIS = 2000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final WriteLimit limit = new WriteLimit(this::close);

  private TcpTransport(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static TcpTransport open(String host, int port) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return new TcpTransport(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw new IOException("cannot connect to " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  @Override
  public int read(byte[] target, int from, int length, long nanos) throws IOException {
    if (nanos == 0 && in.available() == 0) {
      return 0;
    }
    try {
      // 0 would be for ever.
      socket.setSoTimeout(Math.clamp(Math.ceilDiv(nanos, NANOS_PER_MILLI), 1, 60_000));
      return in.read(target, from, length);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    limit.run(() -> out.write(source, from, length));
  }

  @Override
  public void writeTimeout(long nanos) {
    limit.set(nanos);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
