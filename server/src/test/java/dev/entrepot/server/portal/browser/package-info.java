/**
 * The portal as people meet it: in a real browser, by keyboard and mouse, on wide and narrow screens, in light and dark.
 *
 * <p>Debian's Chromium and its driver are used where they are installed; elsewhere these tests are skipped and say so.
 */
@NullMarked
package dev.entrepot.server.portal.browser;

import org.jspecify.annotations.NullMarked;
