// Choosing files: a button that opens the dialog of the desktop, and what was chosen so far.
import { Paperclip, X } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';

import { Button } from '@/components/Button';
import { t } from '@/lib/tongue';

import { KINDS, type usePicked } from './attach';
import styles from './Evidence.module.css';

/** Opens the dialog of the desktop. */
export function PickButton({
  onPick,
  short = false,
}: {
  onPick: (files: File[]) => void;
  /** Drawn without its words, which are still read to those who listen. */
  short?: boolean;
}) {
  const words = t('evidence-attach');
  const icon = <Paperclip size={14} aria-hidden="true" />;
  return (
    <FileTrigger
      allowsMultiple
      acceptedFileTypes={KINDS}
      onSelect={(picked) => onPick([...(picked ?? [])])}
    >
      {short ? (
        <Button variant="bare" aria-label={words} icon={icon} />
      ) : (
        <Button variant="bare" icon={icon}>
          {words}
        </Button>
      )}
    </FileTrigger>
  );
}

/** The files of a report that is being written. */
export function Picked({ picked }: { picked: ReturnType<typeof usePicked> }) {
  return (
    <div className={styles.picked}>
      <PickButton onPick={picked.add} />
      {picked.files.map((file) => (
        <span key={file.id} className={styles.chosen}>
          <bdi>{file.name}</bdi>
          <Button
            variant="bare"
            aria-label={t('evidence-leave-out', { name: file.name })}
            icon={<X size={12} aria-hidden="true" />}
            onPress={() => picked.remove(file)}
          />
        </span>
      ))}
      {picked.trouble !== null && <p role="alert">{picked.trouble}</p>}
    </div>
  );
}
