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
      - The application key. Without it C(OVH_APPLICATION_KEY) counts, then C(ovh.conf).
    type: str
  application_secret:
    description:
      - The secret of the application. Without it C(OVH_APPLICATION_SECRET) counts, then C(ovh.conf).
    type: str
  consumer_key:
    description:
      - The consumer key, which holds the rights. Without it C(OVH_CONSUMER_KEY) counts, then C(ovh.conf).
    type: str
  client_id:
    description:
      - A service account (OAuth2), instead of an application. Without it C(OVH_CLIENT_ID) counts, then C(ovh.conf).
    type: str
  client_secret:
    description:
      - The secret of the service account. Without it C(OVH_CLIENT_SECRET) counts, then C(ovh.conf).
    type: str
  access_token:
    description:
      - An access token, instead of the others. Without it C(OVH_ACCESS_TOKEN) counts, then C(ovh.conf).
    type: str
  timeout:
    description:
      - How long all of it may take, such as C(45s), C(10m) or C(1h30m); a number alone is seconds.
    type: str
    default: 10m
requirements:
  - Java 17 or newer on the machine that the module runs on
notes:
  - The module runs wherever OVHcloud's API can be reached, which is mostly the control machine itself,
    so with C(localhost) as the host of the play or in C(delegate_to).
  - C(ovh.conf) is looked for in the working directory, in the home directory (C(~/.ovh.conf)) and in C(/etc),
    on the machine that the module runs on.
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
    description: Whether it is to be there.
    type: str
    choices: [present, absent]
    default: present
'''

    CHANGE = r'''
options:
  record:
    description:
      - The change record to add to, a JSON file. Every write is in it before it is sent, with what became of it after.
      - Its directory must exist. Without this option no record is kept.
    type: path
'''
