package dev.virtmem.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** A serial port through jSerialComm. Bytes have 8 bits, no parity, 1 stop bit; no flow control. */
final class SerialPortTransport implements Transport {
  /** jSerialComm waits in steps of so many ms. */
  private static final int STEP = 100;

  private static final int OPENED_HERE = 2;
  private static final int OPENED_ELSEWHERE = 11;
  private static final int NO_ACCESS = 13;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long POLL = 200_000;

  private final SerialPort port;
  private final WriteLimit limit = new WriteLimit(this::close);
  private int waitSteps = 1;

  private SerialPortTransport(SerialPort port) {
    this.port = port;
  }

  static SerialPortTransport open(String path, int baud) throws IOException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException e) {
      throw new IOException("there is no port " + path, e);
    }
    port.setComPortParameters(baud, Byte.SIZE, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, STEP, 0);
    if (!port.openPort()) {
      throw new IOException("cannot open " + path + ": " + reason(port.getLastErrorCode()));
    }
    return new SerialPortTransport(port);
  }

  private static String reason(int error) {
    return switch (error) {
      case OPENED_HERE -> "there is no such port, or it is open already";
      case OPENED_ELSEWHERE -> "another program has it";
      case NO_ACCESS -> "may not be opened by this user; virtmem devices says what helps";
      default -> "error " + error;
    };
  }

  @Override
  public int read(byte[] target, int from, int length, long nanos) throws IOException {
    if (nanos >= STEP * NANOS_PER_MILLI) {
      setWait(nanos);
    } else {
      int available = poll(nanos);
      if (available <= 0) {
        return Math.max(-1, available);
      }
    }
    int count = port.readBytes(target, length, from);
    return count < 0 || count == 0 && port.bytesAvailable() < 0 ? -1 : count;
  }

  private int poll(long nanos) {
    int available = port.bytesAvailable();
    if (available != 0 || nanos <= 0) {
      return available;
    }
    long end = System.nanoTime() + nanos;
    while (available == 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL);
      available = port.bytesAvailable();
    }
    return available;
  }

  private void setWait(long nanos) {
    long steps = Math.clamp(nanos / (STEP * NANOS_PER_MILLI), 1, 10);
    if (steps != waitSteps) {
      waitSteps = (int) steps;
      port.setComPortTimeouts(
          SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING,
          STEP * waitSteps,
          0);
    }
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    // The library copies each array as a whole, so it gets just what is to be written.
    byte[] bytes = Arrays.copyOfRange(source, from, from + length);
    limit.run(() -> write(bytes));
  }

  private void write(byte[] bytes) throws IOException {
    for (int done = 0; done < bytes.length; ) {
      int count = port.writeBytes(bytes, bytes.length - done, done);
      if (count <= 0) {
        throw new IOException("the line is gone");
      }
      done += count;
    }
  }

  @Override
  public void writeTimeout(long nanos) {
    limit.set(nanos);
  }

  @Override
  public void close() {
    port.closePort();
  }
}
