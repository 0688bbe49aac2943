/** A program that brings a database up to date, and is killed by itself before the last word. */

import { nodeDriver } from '../../worker/node/node-driver.ts'
import type { Statement } from '../../worker/store/sqlite/driver.ts'
import { migrate } from '../../worker/store/sqlite/migrate.ts'
import { SPAN_MIGRATIONS } from '../../worker/store/sqlite/schema.ts'

const [file = '', place = '0'] = process.argv.slice(2)
const driver = nodeDriver(file)
await migrate(
  {
    run: (statements) => {
      const isMigration = statements.length > 2
      if (!isMigration) return driver.run(statements)
      const cut = statements.slice(0, Number(place))
      // Read while the transaction is open: the last thing that this process does.
      const last: Statement = ['SELECT 1']
      const dying = new Proxy(last, { get: () => process.kill(process.pid, 'SIGKILL') })
      return driver.run([...cut, dying])
    },
  },
  SPAN_MIGRATIONS,
)
