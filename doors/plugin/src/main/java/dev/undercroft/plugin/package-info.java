/**
 * The build plugin: writes typed access classes from a project's migrations while Maven builds,
 * with a PostgreSQL of its own that lives only for that moment. No Docker, no database to prepare.
 *
 * <pre>{@code
 * <plugin>
 *   <groupId>dev.undercroft</groupId>
 *   <artifactId>undercroft-maven-plugin</artifactId>
 *   <executions>
 *     <execution>
 *       <goals><goal>generate</goal></goals>
 *       <configuration><packageName>com.example.shop.db</packageName></configuration>
 *     </execution>
 *   </executions>
 * </plugin>
 * }</pre>
 */
@NullMarked
package dev.undercroft.plugin;

import org.jspecify.annotations.NullMarked;
