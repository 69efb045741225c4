import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RoleToDos } from './role-to-dos';
import { ToDoController } from './to-do.controller';
import { ToDos } from './to-dos';

/** The first page of everybody. The contexts bring what is on it. */
@Module({
  imports: [DiscoveryModule],
  controllers: [ToDoController],
  providers: [ToDos, RoleToDos],
})
export class ToDoModule {}
