/**
 * The search itself: propose, evaluate, record, refit, until a stop criterion holds. Depends on all
 * other packages of the library.
 */
package org.xfernas.search.run;
