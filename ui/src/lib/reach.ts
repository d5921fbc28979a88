// What a role may do anywhere at all. What it may do here is said by the console, with each screen.
import { REACH, REACH_COLUMNS, type Action, type UserView } from '@/generated/protocol';

/** How far the role of `user` goes with this; `-` for nobody, and for whoever only reads. */
function reach(user: UserView | null | undefined, action: Action): string {
  if (!user || user.readsOnly) {
    return '-';
  }
  return REACH[action][REACH_COLUMNS.indexOf(user.role)] ?? '-';
}

/** Whether they may do this somewhere. */
export function mayAtAll(user: UserView | null | undefined, action: Action): boolean {
  return reach(user, action) !== '-';
}

/** Whether they may do what is about the whole institution and no hall of it. */
export function mayForAll(user: UserView | null | undefined, action: Action): boolean {
  return ['S', 'I', 'i'].includes(reach(user, action));
}
