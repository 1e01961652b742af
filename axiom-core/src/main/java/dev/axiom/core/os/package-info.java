/** The few operating-system calls that the JDK does not offer, bound with JNR. */
@NullMarked
package dev.axiom.core.os;

import org.jspecify.annotations.NullMarked;
