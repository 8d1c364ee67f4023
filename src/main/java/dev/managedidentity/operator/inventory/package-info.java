/**
 * What Azure has, looked at as a whole: lists, page by page, at an interval, instead of a call for
 * each object. What differs from what a resource counts on is kept as a sighting until it is dealt
 * with, and the resource is woken; everything else is forgotten at once. What is missing of an
 * object that may itself be missing waits until that is known. Reads only.
 */
@NullMarked
package dev.managedidentity.operator.inventory;

import org.jspecify.annotations.NullMarked;
