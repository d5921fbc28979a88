import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from 'react';

import { Button } from '@/components/Button';
import { mayAttach, useAdding } from '@/features/evidence/adding';
import { PickButton } from '@/features/evidence/Pick';
import type { IncidentDetail } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { useStatus } from '@/live/queries';
import { useSayTyping } from '@/live/typing';

import { useAsking } from './commands';
import styles from './Composer.module.css';
import { fieldOf, Replies, useReplies } from './Replies';

/** Ctrl Enter sends, Escape leaves the field. */
function hear(event: KeyboardEvent<HTMLTextAreaElement>, send: () => void): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send();
  } else if (event.key === 'Escape') {
    event.currentTarget.blur();
  }
}

/** What is being written to a case; sent, the field is empty again. */
function useNote(ref: string) {
  const [text, setText] = useState('');
  const asking = useAsking();
  const sayTyping = useSayTyping(ref);
  useEffect(() => setText(''), [ref]);
  const write = (written: string) => {
    setText(written);
    if (written.trim() !== '') {
      sayTyping();
    }
  };
  const send = async () => {
    const input = { incident: ref, text: text.trim(), evidence: [] };
    const note = { command: 'noteIncident', input } as const;
    if (input.text && (await asking.ask(note, t('incidents-note-added')))) {
      setText('');
    }
  };
  return { text, setText, write, send, error: asking.error, busy: asking.busy };
}

/** What stands in the empty field: why nothing can be written, or what becomes of it. */
function usePlaceholder(reason: string | null): string {
  const live = useStatus()?.link.state === 'live';
  return said(reason) ?? (live ? t('incidents-write-a-note') : t('incidents-write-a-note-it-will'));
}

/** Adds a note to an incident; absent for those who may not. */
export function Composer({
  detail,
  field,
}: {
  detail: IncidentDetail;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const offer = detail.actions.find((offered) => offered.action === 'noteIncident');
  const { text, setText, write, send, error, busy } = useNote(detail.view.ref);
  const { trouble, add } = useAdding(detail.view.ref);
  const list = useId();
  const replies = useReplies(text, setText);
  const placeholder = usePlaceholder(offer?.reason ?? null);
  if (!offer) {
    return null;
  }
  return (
    <div className={styles.composer}>
      {(error ?? trouble) && (
        <p className={styles.error} role="alert">
          {error ?? trouble}
        </p>
      )}
      <Replies {...replies} list={list} onChoose={setText} />
      <div className={styles.box}>
        <textarea
          ref={field}
          aria-label={t('incidents-note')}
          rows={1}
          {...fieldOf(list, replies.offered, replies.at)}
          value={text}
          disabled={offer.reason !== null}
          placeholder={placeholder}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => replies.hear(event) || hear(event, () => void send())}
        />
        {mayAttach(detail.actions) && <PickButton short onPick={(picked) => void add(picked)} />}
        <Button
          variant="bare"
          kbd="Ctrl ↵"
          isDisabled={busy || text.trim() === ''}
          onPress={() => void send()}
        >
          {t('incidents-add-note')}
        </Button>
      </div>
    </div>
  );
}
