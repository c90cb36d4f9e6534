/** The dashboard in a browser: Debian's Chromium, driven by Playwright, before a real gateway. */
@NullMarked
package io.tollgate.server.browser;

import org.jspecify.annotations.NullMarked;
