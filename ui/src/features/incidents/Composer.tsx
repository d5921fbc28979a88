import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from 'react';

import { Button } from '@/components/Button';
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

/** Adds a note to an incident; absent for those who may not. */
export function Composer({
  detail,
  field,
}: {
  detail: IncidentDetail;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { ref } = detail.view;
  const offer = detail.actions.find((offered) => offered.action === 'noteIncident');
  const [text, setText] = useState('');
  const { ask, error, busy } = useAsking();
  const live = useStatus()?.link.state === 'live';
  const list = useId();
  const sayTyping = useSayTyping(ref);
  const replies = useReplies(text, setText);
  useEffect(() => setText(''), [ref]);
  if (!offer) {
    return null;
  }
  const send = async () => {
    const input = { incident: ref, text: text.trim(), evidence: [] };
    if (input.text && (await ask({ command: 'noteIncident', input }, t('incidents-note-added')))) {
      setText('');
    }
  };
  return (
    <div className={styles.composer}>
      {error && (
        <p className={styles.error} role="alert">
          {error}
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
          placeholder={
            said(offer.reason) ??
            (live ? t('incidents-write-a-note') : t('incidents-write-a-note-it-will'))
          }
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value.trim() !== '') {
              sayTyping();
            }
          }}
          onKeyDown={(event) => replies.hear(event) || hear(event, () => void send())}
        />
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
