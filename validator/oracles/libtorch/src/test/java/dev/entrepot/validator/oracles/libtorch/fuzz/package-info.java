/**
 * Random TorchScript programs of one operator, for comparing genuine libtorch with what the importer makes of the archives.
 *
 * <p>To add an operator: write one line or one method in the class of its family ({@code ConvolutionDraws}, {@code ShapeDraws}, ...). A {@link
 * dev.entrepot.validator.oracles.libtorch.fuzz.Draw} adds inputs and weights to a {@link dev.entrepot.validator.oracles.libtorch.fuzz.Sketch} and
 * returns the expression that {@code forward} returns: {@code entry("relu6", s -> "torch.relu6(" + s.input(2, 3) + ")")}. What the importer
 * refuses is listed, not counted as wrong.
 *
 * <p>To run one operator, or those whose names match an expression:
 *
 * <pre>
 * mvn -o -q -Dquick -pl validator/oracles/libtorch -am test -Dtest=AtenFuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dentrepot.fuzz='conv2d|linear' -Dentrepot.fuzz.count=300
 * </pre>
 *
 * {@code -Dentrepot.fuzz.seed=17} draws the one program of that seed, as a failure names it. What happened to each operator is in {@code
 * validator/oracles/libtorch/target/fuzz.txt}. A case depends on its operator and seed only. This package must not use the importer's rules.
 */
@NullMarked
package dev.entrepot.validator.oracles.libtorch.fuzz;

import org.jspecify.annotations.NullMarked;
