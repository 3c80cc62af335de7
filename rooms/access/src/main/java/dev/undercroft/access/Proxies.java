package dev.undercroft.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The little that every wrapper of a driver's object needs. Stateless, thread-safe. */
final class Proxies {

  private Proxies() {}

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Proxies.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Calls through and throws what the target threw. */
  static @Nullable Object call(Object target, Method method, Object @Nullable [] values)
      throws Throwable {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
