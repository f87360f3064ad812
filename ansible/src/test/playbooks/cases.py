# Copyright (c) 2026 the OVHcloud Load Balancer for Jenkins and Ansible authors
# MIT License (see LICENSE)
# SPDX-License-Identifier: MIT
"""Writes what became of every task, a line of JSON each, to the file that IPLB_CASES names."""

import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = '''
name: cases
type: aggregate
short_description: What became of every task
description: [A line of JSON for each task and each turn of a loop.]
'''


class CallbackModule(CallbackBase):
    """What this Ansible makes of a task, whatever it prints of it."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'aggregate'
    CALLBACK_NAME = 'cases'
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_play_start(self, play):
        """Its tasks are cases of it."""
        self.play = play.get_name()

    def v2_runner_on_ok(self, result):
        """Changed or not."""
        self.write('ok', result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        """Ignored or not."""
        self.write('failed', result)

    def v2_runner_on_skipped(self, result):
        """By its condition."""
        self.write('skipped', result)

    def write(self, ended, result):
        """One line."""
        became = result.result if hasattr(result, 'result') else result._result
        task = (result.task if hasattr(result, 'task') else result._task).get_name()
        with open(os.environ['IPLB_CASES'], 'a', encoding='utf-8') as cases:
            json.dump({'case': '%s: %s' % (self.play, task), 'ended': ended, 'result': dict(became)}, cases, default=str)
            cases.write('\n')
