/**
 * The topics as they stand on the brokers: committed records, decoded, with their place. Reads
 * only.
 */
@NullMarked
package io.holdfast.projector.log;

import org.jspecify.annotations.NullMarked;
