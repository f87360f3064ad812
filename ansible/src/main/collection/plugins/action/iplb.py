# Copyright (c) 2026 the OVHcloud Load Balancer for Jenkins and Ansible authors
# MIT License (see LICENSE)
# SPDX-License-Identifier: MIT
"""Runs the modules of this collection, which share one runtime."""

import os
import shlex

from ansible.plugins.action import ActionBase
from ansible.utils.hashing import checksum

RUNTIME = os.path.join(os.path.dirname(__file__), '..', '..', 'runtime', 'iplb.jar')


class ActionModule(ActionBase):
    """Tells a module where the runtime is, on a machine that has none after bringing it there."""

    def run(self, tmp=None, task_vars=None):
        """Runs the module that the task names."""
        self._supports_check_mode = True
        self._supports_async = True
        result = super().run(tmp, task_vars)

        environment = {'IPLB_RUNTIME': self._runtime()}
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
        """Where the module finds the runtime: here, or with who runs the module there."""
        if self._connection.transport == 'local' and not self._connection.become:
            return os.path.realpath(RUNTIME)
        name = 'iplb-%s.jar' % checksum(RUNTIME)
        return self._kept('test -r "$kept/{0}"', name) or self._bring(name)

    def _bring(self, name):
        """Kept for the next time, unless who runs the module has no home to keep it in."""
        tmpdir = self._connection._shell.tmpdir or self._make_tmp_path()
        staged = self._transfer_file(RUNTIME, self._connection._shell.join_path(tmpdir, name))
        self._fixup_perms2((tmpdir, staged))
        # Copied beside its place and then moved there: whoever looks for it finds it whole or not at all.
        copy = 'umask 077 && mkdir -p "$kept" && cp {1} "$kept/{0}.$$" && mv "$kept/{0}.$$" "$kept/{0}"'
        return self._kept(copy, name, shlex.quote(staged)) or staged

    def _kept(self, command, name, *more):
        """The place of the runtime that is kept, provided that the command succeeds; who runs the module runs it."""
        script = 'kept=$HOME/.ansible/iplb; ' + command + ' && echo "$kept/{0}"'
        result = self._low_level_execute_command(script.format(name, *more))
        return result['stdout'].strip().splitlines()[-1] if result['rc'] == 0 else None
