package dev.virtmem.bench.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;

/**
 * What jSerialComm can do at best: a thread that collects some bytes, each time as many, and
 * answers with a fixed number of bytes, which are the first of them, and zeros behind if there are
 * more. The arrays handed to the library are of exactly these sizes, since it copies them whole.
 */
final class BarePort implements AutoCloseable {
  private static final int STEP_MILLIS = 100;

  private final SerialPort port;
  private final byte[] request;
  private final byte[] answer;
  private final Thread thread;
  private volatile boolean closed;

  BarePort(String path, int requestBytes, int answerBytes) throws IOException {
    port = SerialPort.getCommPort(path);
    port.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, STEP_MILLIS, 0);
    if (!port.openPort()) {
      throw new IOException("cannot open " + path + ": error " + port.getLastErrorCode());
    }
    request = new byte[requestBytes];
    answer = new byte[answerBytes];
    thread = Thread.ofPlatform().name("bare " + path).daemon().start(this::serve);
  }

  private void serve() {
    int same = Math.min(request.length, answer.length);
    int sent = answer.length;
    while (sent == answer.length && collect()) {
      System.arraycopy(request, 0, answer, 0, same);
      sent = port.writeBytes(answer, answer.length);
    }
  }

  private boolean collect() {
    int got = 0;
    while (got < request.length && !closed) {
      got += Math.max(0, port.readBytes(request, request.length - got, got));
    }
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      port.closePort();
    }
  }
}
