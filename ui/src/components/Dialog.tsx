import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

import { t } from '@/lib/tongue';

import { Button } from './Button';
import styles from './Dialog.module.css';

/** A dialog over the window. Escape and a press outside close it. */
export function Dialog({
  title,
  onClose,
  wide = false,
  touch = false,
  aside,
  children,
}: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  /** For fingers and gloves, whatever size was chosen for the window. */
  touch?: boolean;
  /** Small words beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) {
          onClose();
        }
      }}
      className={styles['scrim'] ?? ''}
      data-density={touch ? 'touch' : undefined}
    >
      <Modal className={`${styles['modal']} ${wide ? styles['wide'] : ''}`}>
        <AriaDialog className={styles['dialog'] ?? ''}>
          <header className={styles['head']}>
            <Heading slot="title" className={styles['title'] ?? ''}>
              {title}
            </Heading>
            <div className={styles['aside']}>{aside}</div>
            <Button
              variant="bare"
              aria-label={t('components-close')}
              icon={<X size={14} />}
              onPress={onClose}
            />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
