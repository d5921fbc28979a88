// What an office writes to a hall again and again: `/` offers it, the words stay open to change.
import { useEffect, useState, type KeyboardEvent } from 'react';

import { t, table } from '@/lib/tongue';

import styles from './Composer.module.css';

const NAMES = ['coming', 'go-on', 'stay', 'who', 'time', 'photo', 'count'] as const;

const REPLIES: Record<(typeof NAMES)[number], string> = table('reply', NAMES);

/** The replies that `/words` offers; none while the text is no question for one. */
export function repliesTo(text: string): string[] {
  if (!text.startsWith('/')) {
    return [];
  }
  const wanted = text.slice(1).trim().toLowerCase();
  return NAMES.map((name) => REPLIES[name]).filter((one) => one.toLowerCase().includes(wanted));
}

/** The list that opens under `/`, moved through with the arrows; `choose` takes what is chosen. */
export function useReplies(text: string, choose: (reply: string) => void) {
  const offered = repliesTo(text);
  const [at, setAt] = useState(0);
  useEffect(() => setAt(0), [text]);
  /** Whether the key was for the list. */
  const hear = (event: KeyboardEvent): boolean => {
    if (offered.length === 0 || event.ctrlKey || event.metaKey) {
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = event.key === 'Enter' || event.key === 'Tab' ? offered[at] : undefined;
    if (step === undefined && chosen === undefined && event.key !== 'Escape') {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    if (step !== undefined) {
      setAt((at + step + offered.length) % offered.length);
    } else {
      choose(chosen ?? '');
    }
    return true;
  };
  return { offered, at, hear };
}

const idOf = (list: string, at: number) => `${list}-${at}`;

/** What the field says about the list, to those who listen. */
export function fieldOf(list: string, offered: readonly string[], at: number) {
  return offered.length === 0
    ? {}
    : {
        'aria-controls': list,
        'aria-activedescendant': idOf(list, at),
        'aria-autocomplete': 'list' as const,
      };
}

/** The list. */
export function Replies({
  list,
  offered,
  at,
  onChoose,
}: {
  list: string;
  offered: readonly string[];
  at: number;
  onChoose: (reply: string) => void;
}) {
  if (offered.length === 0) {
    return null;
  }
  return (
    <div id={list} role="listbox" aria-label={t('incidents-replies')} className={styles.replies}>
      {offered.map((reply, n) => (
        // The field keeps the focus; the list is moved through from there.
        <div
          key={reply}
          id={idOf(list, n)}
          role="option"
          tabIndex={-1}
          aria-selected={n === at}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(reply);
          }}
        >
          {reply}
        </div>
      ))}
    </div>
  );
}
