import { Mark } from '@/glyphs';
import { t } from '@/lib/tongue';

import styles from './Product.module.css';

/** The name of the product, above what is asked before anybody works. */
export function Product() {
  return (
    <p className={styles['product']}>
      <Mark size={28} /> {t('signin-elms-console')}
    </p>
  );
}
