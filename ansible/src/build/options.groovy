// The documentation of each module, fragments included, as the list of options that the module is checked by: JSON,
// which the runtime can read without a library of its own.
import groovy.json.JsonOutput
import groovy.yaml.YamlSlurper

def sources = new File(project.properties['collection.sources'])
def yaml = new YamlSlurper()

// A fragment is a text of YAML in a class: DOCUMENTATION is the fragment api, SERVICE is api.service.
def fragments = [:]
new File(sources, 'plugins/doc_fragments').eachFileMatch(~/\w+\.py/) { file ->
    (file.text =~ /(?s)([A-Z_]+) = r'''(.*?)'''/).each { all, name, text ->
        def id = file.name - '.py' + (name == 'DOCUMENTATION' ? '' : '.' + name.toLowerCase())
        fragments['ovhiplb.loadbalancer.' + id] = yaml.parseText(text).options ?: [:]
    }
}

def target = new File(project.build.outputDirectory, 'io/jenkins/plugins/iplb/ansible/spec')
target.mkdirs()
new File(sources, 'plugins/modules').eachFileMatch(~/\w+\.yml/) { file ->
    def documentation = yaml.parse(file).DOCUMENTATION
    def own = documentation.extends_documentation_fragment.findAll { it.startsWith('ovhiplb.') }
    def options = own.collectEntries { fragments[it] } + (documentation.options ?: [:])
    new File(target, file.name - '.yml' + '.json').text = JsonOutput.toJson(withoutWords(options))
}

def withoutWords(options) {
    options.collectEntries { name, option ->
        def spec = option.findAll { key, value -> key != 'description' }
        [name, option.suboptions ? spec + [suboptions: withoutWords(option.suboptions)] : spec]
    }
}
