/** Tests of the values: every text form, every refusal. */
@NullMarked
package dev.axiom.core.model;

import org.jspecify.annotations.NullMarked;
