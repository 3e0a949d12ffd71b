Libraries that come with Tandem, by licence
===========================================

All are unmodified. Most carry their licence and notices in their files in lib/, under META-INF.
<#list licenseMap as entry>
<#if entry.value?size gt 0>

${entry.key}
  <#list entry.value as project>
  * ${project.groupId}:${project.artifactId}:${project.version} - ${project.url!"no address given"}
  </#list>
</#if>
</#list>

Where the licences are
======================

Apache-2.0     LICENSE
BSD-3-Clause   licenses/BSD-3-Clause.txt
MIT            licenses/MIT.txt
EPL-2.0        licenses/EPL-2.0.md
EPL-1.0        https://www.eclipse.org/legal/epl-v10.html
Public Domain  none is needed

The source code of the libraries under the Eclipse Public License (EPL) is available from Maven Central,
under the coordinates above with the classifier "sources", and from the addresses above. Their
contributors give no warranty and accept no liability; what Tandem's licence says beyond that is said by
Tandem's authors alone.

JavaCPP can be had under the Apache License 2.0 or the GNU General Public License 2 with the Classpath
exception; here it is used under the first.

The JTS Topology Suite can be had under the Eclipse Public License 2.0 or the Eclipse Distribution
License 1.0, which is the BSD licence of three clauses; here it is used under the second.

TensorFlow's native library contains further libraries, all under licences that allow it. Its licence is
in its file in lib/, and https://github.com/tensorflow/tensorflow/tree/v2.18.0/third_party names them.

Data
====

The handwritten digits in tandem.jar: E. Alpaydin and C. Kaynak (1998), Optical Recognition of
Handwritten Digits, UCI Machine Learning Repository, https://doi.org/10.24432/C50P49, under the
Creative Commons Attribution 4.0 International licence (CC BY 4.0),
https://creativecommons.org/licenses/by/4.0/legalcode. The values are unchanged; they were written as
comma-separated text and compressed.
