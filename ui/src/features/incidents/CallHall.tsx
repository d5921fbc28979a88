// The telephone of a hall, to be dialled on a telephone.
import { Phone } from 'lucide-react';
import { useState } from 'react';

import { announce } from '@/app/announce';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import type { IncidentView } from '@/generated/protocol';
import { t } from '@/lib/tongue';

import styles from './Actions.module.css';

/**
 * The number, large enough to be read across a desk. It is no `tel:` link: the window opens nothing
 * outside itself, and on a desktop such a link starts whatever program has claimed it.
 */
export function CallHall({ view, bare = false }: { view: IncidentView; bare?: boolean }) {
  const [open, setOpen] = useState(false);
  const phone = view.venuePhone;
  if (!phone) {
    return null;
  }
  const copy = () =>
    navigator.clipboard.writeText(phone).then(
      () => announce(t('incidents-number-copied')),
      // The number stands there to be read, copied or not.
      () => undefined,
    );
  return (
    <>
      <Button
        variant={bare ? 'bare' : 'plain'}
        icon={<Phone size={15} aria-hidden="true" />}
        onPress={() => setOpen(true)}
      >
        {t('incidents-call-hall')}
      </Button>
      {open && (
        <Dialog
          title={t('incidents-phone-of', { hall: view.venueName ?? view.venueCode ?? '' })}
          onClose={() => setOpen(false)}
        >
          <div className={styles.phone}>
            <bdi dir="ltr">{phone}</bdi>
            <Button onPress={() => void copy()}>{t('incidents-copy-number')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
