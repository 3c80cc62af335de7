package dev.undercroft.contracts;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a PostgreSQL server as a pooler in transaction mode does: each
 * transaction goes to the server session that was used last and is free. Speaks as much of the
 * protocol as migrations use.
 */
final class TransactionPooler implements AutoCloseable {

  private static final int PROTOCOL_3 = 3;

  private final ServerSocket listener;
  private final int serverPort;
  private final BlockingDeque<Peer> free = new LinkedBlockingDeque<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private record Peer(DataInputStream in, DataOutputStream out) {
    static Peer of(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return new Peer(
          new DataInputStream(socket.getInputStream()),
          new DataOutputStream(socket.getOutputStream()));
    }
  }

  private static final class Message {
    private final byte type;
    private final byte[] body;

    private Message(byte type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    static Message read(Peer from) throws IOException {
      byte type = from.in().readByte();
      byte[] body = new byte[from.in().readInt() - 4];
      from.in().readFully(body);
      return new Message(type, body);
    }

    void write(Peer to) throws IOException {
      to.out().writeByte(type);
      to.out().writeInt(body.length + 4);
      to.out().write(body);
      to.out().flush();
    }

    /** The server asks the client for a password or a part of a handshake. */
    boolean asksClient() {
      return type == 'R' && body[3] != 0 && body[3] != 12;
    }
  }

  TransactionPooler(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    var _ = Thread.ofPlatform().daemon().start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        var _ = Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The pooler is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Peer client = Peer.of(socket);
      logIn(client);
      relay(client);
    } catch (IOException | InterruptedException ended) {
      // The client or the server is gone.
    }
  }

  /** Each client brings a server session of its own, which then serves whoever comes. */
  private void logIn(Peer client) throws IOException {
    byte[] startup = readStartup(client);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    sockets.add(socket);
    Peer server = Peer.of(socket);
    server.out().writeInt(startup.length + 4);
    server.out().write(startup);
    server.out().flush();
    while (true) {
      Message message = Message.read(server);
      message.write(client);
      if (message.type == 'Z') {
        free.addFirst(server);
        return;
      }
      if (message.asksClient()) {
        Message.read(client).write(server);
      }
    }
  }

  /** Declines encryption, as often as it is asked for. */
  private static byte[] readStartup(Peer client) throws IOException {
    while (true) {
      byte[] packet = new byte[client.in().readInt() - 4];
      client.in().readFully(packet);
      if (packet[1] == PROTOCOL_3) {
        return packet;
      }
      client.out().writeByte('N');
      client.out().flush();
    }
  }

  private void relay(Peer client) throws IOException, InterruptedException {
    @Nullable Peer server = null;
    while (true) {
      Message message = Message.read(client);
      if (message.type == 'X') {
        return;
      }
      server = server == null ? free.takeFirst() : server;
      message.write(server);
      if (message.type == 'Q' || message.type == 'S') {
        server = answer(server, client) ? null : server;
      }
    }
  }

  /** Hands on what the server says, and whether its transaction is over. */
  private boolean answer(Peer server, Peer client) throws IOException {
    while (true) {
      Message message = Message.read(server);
      message.write(client);
      if (message.type == 'Z') {
        boolean idle = message.body[0] == 'I';
        if (idle) {
          free.addFirst(server);
        }
        return idle;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
