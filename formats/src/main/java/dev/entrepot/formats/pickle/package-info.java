/**
 * Python pickles, protocols 0 to 5, read as data and never run.
 *
 * <p>A pickle is a program for a small stack machine; this one builds records only. A name stays a {@link
 * dev.entrepot.formats.pickle.PickleValue.Global}, a call stays a {@link dev.entrepot.formats.pickle.PickleValue.Call}, and nothing is ever
 * looked up, imported or called. This package knows no framework's names and does not judge them.
 */
@NullMarked
package dev.entrepot.formats.pickle;

import org.jspecify.annotations.NullMarked;
