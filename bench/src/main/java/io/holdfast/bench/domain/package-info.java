/** The rules alone, in memory, measured by JMH in processes of their own. */
@NullMarked
package io.holdfast.bench.domain;

import org.jspecify.annotations.NullMarked;
