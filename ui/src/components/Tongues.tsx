import { chooseTongue, t, TONGUES, useTongue } from '@/lib/tongue';

/** The languages; each is written in itself, so that it is found from any other. */
export function Tongues({ className }: { className?: string | undefined }) {
  const chosen = useTongue();
  return (
    <fieldset className={className}>
      <legend>{t('settings-language')}</legend>
      {(Object.keys(TONGUES) as (keyof typeof TONGUES)[]).map((tongue) => (
        <label key={tongue} lang={tongue}>
          <input
            type="radio"
            name="tongue"
            checked={chosen === tongue}
            onChange={() => chooseTongue(tongue)}
          />
          <bdi>{TONGUES[tongue]}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
