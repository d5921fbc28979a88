import { FileDown } from 'lucide-react';

import { Button } from '@/components/Button';
import { t } from '@/lib/tongue';

import { usePaper, type Wanted } from './paper';

/** Saves a paper of the record. */
export function PaperButton({
  wanted,
  at,
  words,
}: {
  wanted: Wanted;
  at?: string;
  words?: string;
}) {
  const save = usePaper();
  return (
    <Button
      variant="bare"
      icon={<FileDown size={15} aria-hidden="true" />}
      onPress={() => void save(wanted, at)}
    >
      {words ?? t('app-paper')}
    </Button>
  );
}
