# Copyright (c) 2026 the OVHcloud Load Balancer for Jenkins and Ansible authors
# MIT License (see LICENSE)
# SPDX-License-Identifier: MIT
"""The options that modules have in common."""


class ModuleDocFragment:
    """What every module that talks to OVHcloud takes, and what those take that change something."""

    DOCUMENTATION = r'''
options:
  endpoint:
    description:
      - Where the API answers, one of C(ovh-eu), C(ovh-ca), C(ovh-us), C(kimsufi-eu), C(kimsufi-ca), C(soyoustart-eu),
        C(soyoustart-ca) or a base URL.
      - Without it C(OVH_ENDPOINT) counts, then C(ovh.conf), then C(ovh-eu).
    type: str
  application_key:
    description:
      - The key of an application, which goes with I(application_secret) and I(consumer_key).
      - Without it C(OVH_APPLICATION_KEY) counts, then C(ovh.conf), unless another method comes first; see the notes.
    type: str
  application_secret:
    description:
      - The secret of the application.
      - Without it C(OVH_APPLICATION_SECRET) counts, then C(ovh.conf), unless another method comes first; see the notes.
    type: str
  consumer_key:
    description:
      - The consumer key, which holds the rights of the application.
      - Without it C(OVH_CONSUMER_KEY) counts, then C(ovh.conf), unless another method comes first; see the notes.
    type: str
  client_id:
    description:
      - The id of a service account (OAuth2), which goes with I(client_secret).
      - Without it C(OVH_CLIENT_ID) counts, then C(ovh.conf), unless another method comes first; see the notes.
    type: str
  client_secret:
    description:
      - The secret of the service account.
      - Without it C(OVH_CLIENT_SECRET) counts, then C(ovh.conf), unless another method comes first; see the notes.
    type: str
  access_token:
    description:
      - An access token, which needs neither an application nor a service account.
      - Without it C(OVH_ACCESS_TOKEN) counts, then C(ovh.conf), unless another method comes first; see the notes.
    type: str
  timeout:
    description:
      - How long all of it may take, such as C(45s), C(10m) or C(1h30m); a number alone is seconds.
    type: str
    default: 10m
notes:
  - The module runs wherever OVHcloud's API can be reached, which is mostly the control machine itself,
    so with C(localhost) as the host of the play or in C(delegate_to).
  - "There are three methods of authentication: the keys of an application, a service account, an access token. The first
    place that has any key of a method decides on the method: the arguments, the environment, C(./ovh.conf),
    C(~/.ovh.conf), C(/etc/ovh.conf), all of them on the machine that the module runs on. The other keys of that method
    may come from later places."
  - C(./ovh.conf) is the one in the working directory. With a local connection that is the directory of the playbook,
    and not the one that C(ansible-playbook) was started in.
'''

    RUNTIME = r'''
options: {}
requirements:
  - Java 17 or newer on the machine that the module runs on
notes:
  - The variable C(ansible_java_interpreter) of the host, or else C(JAVA_HOME) in its environment, names a Java that is
    not on the C(PATH).
'''

    SERVICE = r'''
options:
  service:
    description:
      - The load balancer, by the name that OVHcloud gives it.
    type: str
    required: true
'''

    STATE = r'''
options:
  state:
    description: C(present) makes sure that it exists, C(absent) that it does not.
    type: str
    choices: [present, absent]
    default: present
'''

    CHANGE = r'''
options:
  record:
    description:
      - The change record to add to, a JSON file. Every write is in it before it is sent, with what became of it after.
      - Its directory must exist. A relative path counts from the working directory, which with a local connection is the
        directory of the playbook. C(~) and C($VAR) are replaced.
      - When a call has died, the same call with the same record goes on where that was, and repeats nothing.
      - Beside the file C(NAME) lie two hidden ones, C(.NAME.lock) and C(.NAME.owners), which keep the writers apart.
      - Without this option no record is kept.
    type: path
'''
