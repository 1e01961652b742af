package dev.axiom.core.resolve;

import org.jspecify.annotations.Nullable;

/**
 * One step of the search: from here on what becomes of a name is in {@code allowed}.
 *
 * @param remaining what can become of the name after this step: {@code allowed}, and all earlier steps too
 * @param level how many decisions had been made when this step was taken, itself included
 * @param position the number of steps before it
 * @param cause what forced the step; null if it is a decision
 */
record Assignment(
        Slot slot, Domain allowed, Domain remaining, int level, int position, @Nullable Incompatibility cause) {}
