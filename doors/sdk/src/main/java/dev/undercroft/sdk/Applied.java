package dev.undercroft.sdk;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A type with one parameter, and what stands for it. Immutable. */
record Applied(Class<?> generic, Class<?> of) implements ParameterizedType {

  Applied {
    if (generic.getTypeParameters().length != 1) {
      throw new IllegalArgumentException(generic.getName() + " does not have one type parameter");
    }
  }

  @Override
  public Type[] getActualTypeArguments() {
    return new Type[] {of};
  }

  @Override
  public Type getRawType() {
    return generic;
  }

  @Override
  public @Nullable Type getOwnerType() {
    return generic.getDeclaringClass();
  }

  @Override
  public String toString() {
    return generic.getName() + "<" + of.getName() + ">";
  }
}
