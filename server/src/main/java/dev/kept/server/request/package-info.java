/** Requests of persons from receipt to answer: who asks, what is done in the stores, what is said to whom, and when. */
@NullMarked
package dev.kept.server.request;

import org.jspecify.annotations.NullMarked;
