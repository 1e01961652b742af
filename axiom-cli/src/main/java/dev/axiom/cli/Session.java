package dev.axiom.cli;

/**
 * What a command is given when it is made: the world, the global options and the place for its words. The options are
 * filled in by the parser, so a command reads them when it is called and not before.
 */
public record Session(Environment environment, GlobalOptions options, Output output) {}
