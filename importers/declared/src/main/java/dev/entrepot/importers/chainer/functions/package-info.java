/**
 * What each of Chainer's functions computes: one visible table, joined from the families in the packages below.
 *
 * <p>The source followed is Chainer's own, version 7.8.1, in test mode. This package must not know where calls come from: links, Python
 * source and files are others' business.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions;

import org.jspecify.annotations.NullMarked;
