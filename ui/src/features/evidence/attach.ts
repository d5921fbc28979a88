// Files on their way from the person's hands into the console. What a file is, the console tells by its
// content; here only what is too large is not even read.
import { useCallback, useState } from 'react';

import type { Submitted } from '@/generated/protocol';
import { call, failureOf, HostFailure } from '@/host';
import { t } from '@/lib/tongue';

/** The largest file of evidence, in bytes. */
const LARGEST = 20 * 1024 * 1024;

/** What the dialog of the desktop offers. */
export const KINDS = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'application/pdf',
  'video/mp4',
  'text/plain',
];

/** The bytes of a file, as the console takes them. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () =>
      reject(new HostFailure('unread', t('evidence-unread', { name: file.name }))),
    );
    reader.readAsDataURL(file);
  });
}

/** Attaches a file: when this is done it is kept on the station, sealed, line or not. */
export async function attach(incident: string, file: File): Promise<void> {
  if (file.size > LARGEST) {
    throw new HostFailure('too_large', t('evidence-too-large', { name: file.name }));
  }
  const base64 = await base64Of(file);
  const { rejection } = await call<Submitted>('evidence_attach', {
    incident,
    name: file.name,
    base64,
  });
  if (rejection) {
    throw new HostFailure(rejection.code, rejection.message);
  }
}

/** Files that were picked before there is an incident to attach them to. */
export function usePicked() {
  const [files, setFiles] = useState<File[]>([]);
  const add = useCallback((more: File[]) => setFiles((before) => [...before, ...more]), []);
  const remove = useCallback(
    (file: File) => setFiles((before) => before.filter((one) => one !== file)),
    [],
  );
  /** Attaches them all; the sentences of those that could not be. */
  const send = async (incident: string): Promise<string[]> => {
    const lost: string[] = [];
    for (const file of files) {
      try {
        // One after the other: each is held in memory as a whole.
        // oxlint-disable-next-line no-await-in-loop
        await attach(incident, file);
      } catch (thrown) {
        lost.push(failureOf(thrown).message);
      }
    }
    setFiles([]);
    return lost;
  };
  return { files, add, remove, send };
}
