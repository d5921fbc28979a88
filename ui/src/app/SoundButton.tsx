import { Volume2, VolumeX } from 'lucide-react';

import { Button } from '@/components/Button';
import { t } from '@/lib/tongue';

import { setSound, useSound } from './sound';

/** Switches sound on or off; says which it is. */
export function SoundButton() {
  const on = useSound();
  const Icon = on ? Volume2 : VolumeX;
  return (
    <Button
      variant="bare"
      aria-pressed={on}
      aria-label={t('app-sound')}
      icon={<Icon size={15} aria-hidden="true" />}
      onPress={() => setSound(!on)}
    />
  );
}
