/**
 * Why nothing is written to a restore's target.
 *
 * Of its name: `notAbsolute`; `notNormal` (a `.` or `..` step, a doubled or a trailing slash); `nulByte`; `deviceName`,
 * `streamName`, `trailingDot` and `rawPath` (`\\?\`, `\\.\`) on Windows; `outsideRoot`; `insideStore`.
 * Of what stands there: `linkInPath`; `folderMissing`; `notAFolder` in the way to it; `notRegular` (a link, a folder, a
 * pipe, a device); `hardLinked` (a file with other names); `readOnly`; `caseClash` (a file whose name differs in upper and
 * lower case only).
 * Of time: `changedSincePreview`.
 * Of one key: `keyNotThere`, `keyRepeats`, `keyWrittenOtherwise` (its value cannot be put into the file as it is written
 * there).
 */
export type RestoreRefusal =
  | 'notAbsolute'
  | 'notNormal'
  | 'nulByte'
  | 'deviceName'
  | 'streamName'
  | 'trailingDot'
  | 'rawPath'
  | 'outsideRoot'
  | 'insideStore'
  | 'linkInPath'
  | 'folderMissing'
  | 'notAFolder'
  | 'notRegular'
  | 'hardLinked'
  | 'readOnly'
  | 'caseClash'
  | 'changedSincePreview'
  | 'keyNotThere'
  | 'keyRepeats'
  | 'keyWrittenOtherwise';

/** A restore that was refused; nothing was written. */
export class RestoreError extends Error {
  readonly refusal: RestoreRefusal;
  /** The path, or the part of it, or the key, that is wrong. */
  readonly about: string;

  constructor(refusal: RestoreRefusal, about: string) {
    super(`${refusal}: ${about}`);
    this.name = 'RestoreError';
    this.refusal = refusal;
    this.about = about;
  }
}
