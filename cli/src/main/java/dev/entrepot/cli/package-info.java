/**
 * The command line: turns arguments into calls of the other modules and their answers into text, JSON and exit codes.
 *
 * <p>It holds no knowledge of any framework, format or operator. It must not be seen by any other module. It is the only
 * package that prints to the terminal and the only one that may see picocli.
 */
@NullMarked
package dev.entrepot.cli;

import org.jspecify.annotations.NullMarked;
