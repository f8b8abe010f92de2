/** Who proposes the next candidates. Depends on {@code space} and {@code trial}. */
package org.xfernas.search.optimizer;
