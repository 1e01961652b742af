/** Tests of what touches the operating system. */
@NullMarked
package dev.axiom.core.os;

import org.jspecify.annotations.NullMarked;
