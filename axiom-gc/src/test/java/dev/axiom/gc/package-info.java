/** Tests of the collector: letters and arrows on plans, a real pool in a folder, processes that are killed. */
@NullMarked
package dev.axiom.gc;

import org.jspecify.annotations.NullMarked;
