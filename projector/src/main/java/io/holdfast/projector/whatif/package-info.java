/**
 * What-if: the recorded demand, asked of the domain again under another configuration. See
 * docs/audit.md for what the model keeps of the record and what it leaves out.
 */
@NullMarked
package io.holdfast.projector.whatif;

import org.jspecify.annotations.NullMarked;
