import { t } from '@/lib/tongue';

import styles from './Avatar.module.css';

/** The two letters of a name. */
export function initialsOf(name: string): string {
  const parts = name.replace(/^(Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+/, '').split(/\s+/);
  const first = parts[0]?.charAt(0) ?? '';
  const last = parts.length > 1 ? (parts.at(-1)?.charAt(0) ?? '') : '';
  return (first + last).toUpperCase();
}

/** Somebody, in two letters; a dashed ring is nobody yet. */
export function Avatar({
  name,
  initials,
}: {
  name?: string | null | undefined;
  initials?: string | undefined;
}) {
  if (!name && !initials) {
    return (
      <span
        className={`${styles['avatar']} ${styles['nobody']}`}
        title={t('components-nobody-yet')}
      />
    );
  }
  return (
    <span className={styles['avatar']} title={name ?? undefined}>
      {initials ?? initialsOf(name ?? '')}
    </span>
  );
}
