/** What the tests of this module stand on: a player of networks, and real broker and database. */
@NullMarked
package io.holdfast.projector.support;

import org.jspecify.annotations.NullMarked;
