/** Whether the notice's promises are being kept: what checks found, the verdict on each rule, and the verdict beside each sentence. */
@NullMarked
package dev.kept.core.proof;

import org.jspecify.annotations.NullMarked;
