/**
 * A process of its own for a stranger's model: what it is told, what it may take, and what it does.
 *
 * <p>The parent lays out a {@link dev.entrepot.server.child.JobFolder}, starts a child by {@link dev.entrepot.server.child.ChildLauncher}, and reads what
 * it leaves. {@link dev.entrepot.server.child.Child} is what runs there. This package knows no database, no store and no queue.
 */
@NullMarked
package dev.entrepot.server.child;

import org.jspecify.annotations.NullMarked;
