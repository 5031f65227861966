import { expect, test } from 'vitest'
import { onBothStores } from '../../test/support/stores.ts'
import * as uploadedFiles from './uploaded-files.ts'

const file: uploadedFiles.UploadedFile = {
  assignmentId: '3A',
  identifier: 'ŝtampo',
  fileKey: 'ab',
  name: 'ŝtampo 1.png',
  size: 2_000_000_000,
}

onBothStores('uploaded files', (stores) => {
  test('are found by assignment and question, in their market [hits 7.5]', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => uploadedFiles.add(tx, file))
    const find = (assignmentId: string, identifier: string) =>
      production.read((tx) => uploadedFiles.find(tx, assignmentId, identifier))
    expect(await find('3A', 'ŝtampo')).toEqual(file)
    expect(await find('3A', 'stampo')).toBeUndefined()
    expect(await find('3B', 'ŝtampo')).toBeUndefined()
    expect(await sandbox.read((tx) => uploadedFiles.find(tx, '3A', 'ŝtampo'))).toBeUndefined()
  })
})
