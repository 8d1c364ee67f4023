/**
 * The main job, end to end, for a person to watch: {@code make demo}. {@link
 * dev.managedidentity.dev.demo.Demo} is the story, told through {@link
 * dev.managedidentity.dev.demo.Narration}; the other classes are what it shows. Nothing depends on
 * this room.
 */
@NullMarked
package dev.managedidentity.dev.demo;

import org.jspecify.annotations.NullMarked;
