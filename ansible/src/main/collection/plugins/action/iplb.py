# Copyright (c) 2026 the OVHcloud Load Balancer for Jenkins and Ansible authors
# MIT License (see LICENSE)
# SPDX-License-Identifier: MIT
"""Runs the modules of this collection, which share one runtime."""

import os
import shlex

from ansible.plugins.action import ActionBase
from ansible.utils.hashing import checksum, checksum_s

RUNTIME = os.path.join(os.path.dirname(__file__), '..', '..', 'runtime', 'iplb.jar')


class ActionModule(ActionBase):
    """Tells a module where the runtime is, on a machine that has none after bringing it there."""

    def run(self, tmp=None, task_vars=None):
        """Runs the module that the task names."""
        self._supports_check_mode = True
        self._supports_async = True
        result = super().run(tmp, task_vars)

        if self._task.action.endswith('iplb_metrics_token') and not self._task.no_log:
            result.update(failed=True, msg='no_log: true is missing: the token that is returned would be shown to all who '
                                           'see the output')
            return result

        runtime, identity = self._runtime()
        environment = {'IPLB_RUNTIME': runtime, 'IPLB_RUNTIME_ID': identity}
        variables = task_vars
        if self._task.delegate_to:
            variables = task_vars.get('ansible_delegated_vars', {}).get(self._task.delegate_to, {})
        if 'ansible_java_interpreter' in variables:
            environment['IPLB_JAVA'] = self._templar.template(variables['ansible_java_interpreter'])
        self._task.environment = [*(self._task.environment or []), environment]

        wrap_async = self._task.async_val and not self._connection.has_native_async
        result.update(self._execute_module(task_vars=task_vars, wrap_async=wrap_async))
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _runtime(self):
        """Where the module finds the runtime, here or with who runs the module there, and what tells it from all others."""
        if self._connection.transport == 'local' and not self._connection.become:
            path = os.path.realpath(RUNTIME)
            status = os.stat(path)
            return path, checksum_s('%s %s %s' % (path, status.st_size, status.st_mtime_ns))
        identity = checksum(RUNTIME)
        return self._kept('test -r "$runtime"', identity) or self._bring(identity), identity

    def _bring(self, identity):
        """Kept for the next time, unless who runs the module has no home to keep it in."""
        tmpdir = self._connection._shell.tmpdir or self._make_tmp_path()
        staged = self._transfer_file(RUNTIME, self._connection._shell.join_path(tmpdir, 'iplb.jar'))
        self._fixup_perms2((tmpdir, staged))
        # Copied beside its place and then moved there: whoever looks for it finds it whole or not at all. What another
        # copy has left is no good for this one: Java looks at its time as well.
        copy = ('umask 077 && mkdir -p "$kept" && cp %s "$runtime.$$" && mv "$runtime.$$" "$runtime" && '
                '{ find "$kept" -name "*-$id.jsa*" -exec rm -rf {} + || :; }')
        return self._kept(copy % shlex.quote(staged), identity) or staged

    def _kept(self, command, identity):
        """The place of the runtime that is kept, provided that the command succeeds; who runs the module runs it."""
        place = 'id=%s; kept=$HOME/.ansible/iplb; runtime=$kept/iplb-$id.jar; ' % identity
        result = self._low_level_execute_command(place + command + ' && echo "$runtime"')
        return result['stdout'].strip().splitlines()[-1] if result['rc'] == 0 else None
