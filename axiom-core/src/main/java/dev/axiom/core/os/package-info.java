/** The few operating-system calls that the JDK does not offer, called through jffi, the layer below JNR-FFI. */
@NullMarked
package dev.axiom.core.os;

import org.jspecify.annotations.NullMarked;
