package dev.axiom.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a collection notes of the time, so that the next one can tell how much of it has really passed.
 *
 * @param counted the time as collections count it, by which packages are marked as dead
 * @param wall what the machine's clock said in that moment
 * @param uptime for how long the machine had been up; empty where the kernel does not say
 */
public record TimeNote(Instant counted, Instant wall, Optional<Uptime> uptime) {}
