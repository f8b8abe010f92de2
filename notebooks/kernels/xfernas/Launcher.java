import java.lang.Thread.State;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.logging.LogManager;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the kernel. Its own main class has two races, after which Jupyter waits in vain: a message
 * that comes while it starts meets no handlers and ends the thread that answers; and such a thread
 * ends at once if it runs before it is marked as running. Here the message is dropped, and Jupyter
 * asks again; and a thread that ended is followed by another.
 */
public final class Launcher {
  private Launcher() {}

  /** The argument is the path of Jupyter's connection file. */
  public static void main(String[] args) throws Exception {
    try (var logging = Launcher.class.getClassLoader().getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(logging);
    }
    ConnectionProperties connection =
        Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class);
    Channels channels = new Channels(connection);
    field(channels, "handlers").set(channels, new HashMap<>());
    channels.connect(MainApp.kernel);
    for (String name : new String[] {"heartbeat", "control", "shell"}) {
      Object channel = field(channels, name).get(channels);
      keepRunning((Thread) field(channel, "loopThread").get(channel));
    }
    channels.joinUntilClose();
  }

  /** A loop that sleeps between two rounds has begun; by now it is marked as running. */
  private static void keepRunning(Thread loop) throws InterruptedException {
    while (loop.getState() != State.TIMED_WAITING && loop.isAlive()) {
      Thread.sleep(10);
    }
    if (!loop.isAlive()) {
      new Thread(loop, loop.getName()).start();
    }
  }

  private static Field field(Object owner, String name) throws NoSuchFieldException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
